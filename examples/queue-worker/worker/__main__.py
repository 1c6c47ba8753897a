"""Takes jobs off a list in Redis, one at a time, until it is asked to stop."""

import json
import logging
import os
import signal
import sys
import time

import redis

logging.basicConfig(level=os.getenv("LOG_LEVEL", "INFO"), format="%(levelname)s %(message)s")
log = logging.getLogger("worker")

QUEUE = os.getenv("QUEUE", "jobs")
client = redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=2)


def handle(job: dict) -> None:
    log.info("job %s: %s", job.get("id"), job.get("task"))


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    log.info("waiting for jobs in %s", QUEUE)
    while True:
        try:
            taken = client.blpop([QUEUE], timeout=5)
        except redis.ConnectionError as error:
            log.warning("redis is not there yet: %s", error)
            time.sleep(1)
            continue
        if taken:
            handle(json.loads(taken[1]))


if __name__ == "__main__":
    main()
