import os
from itertools import count

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel

MAX_NOTES = int(os.getenv("MAX_NOTES", "1000"))
API_TOKEN = os.environ.get("API_TOKEN")

app = FastAPI(title="Notes", version="0.3.0")
notes: dict[int, str] = {}
numbers = count(1)


class Note(BaseModel):
    text: str


@app.get("/healthz")
def live() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/readyz")
def ready() -> dict[str, int]:
    return {"notes": len(notes)}


@app.get("/metrics")
def metrics() -> Response:
    return Response(f"notes_stored {len(notes)}\n", media_type="text/plain; version=0.0.4")


@app.post("/notes", status_code=201)
def add(note: Note) -> dict[str, int]:
    if len(notes) >= MAX_NOTES:
        raise HTTPException(507, f"{MAX_NOTES} notes are stored, and no more fit")
    number = next(numbers)
    notes[number] = note.text
    return {"id": number}


@app.get("/notes/{number}")
def read(number: int) -> dict[str, str]:
    if number not in notes:
        raise HTTPException(404, f"there is no note {number}")
    return {"text": notes[number]}
