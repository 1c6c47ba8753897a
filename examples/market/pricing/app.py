from flask import Flask, abort, jsonify

app = Flask(__name__)
PRICES = {"apple": 120, "pear": 140, "quince": 310}


@app.get("/healthz")
def healthz():
    return "ok"


@app.get("/prices/<item>")
def price(item):
    if item not in PRICES:
        abort(404)
    return jsonify(PRICES[item])
