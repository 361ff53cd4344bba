"""Keeps a copy of the people that Gatehouse knows: python3 consumer.py subscription.json"""
import json
import sys

from proton.handlers import MessagingHandler
from proton.reactor import Container

people = {}  # id -> row; stands for a table of yours, see ../README.md


def apply(event):
    if event["type"] == "gatehouse.feed.bootstrap.completed.v1":
        for row in people.values():
            if row["sequence"] < event["sequence"]:
                row["user"] = None  # not seen: gone
        return f"complete, {sum(row['user'] is not None for row in people.values())} people"
    if not event["type"].startswith("gatehouse.user."):
        return "not for us"
    data, version = event["data"], int(event["resourceversion"])
    row = people.setdefault(data["id"], {"version": 0, "sequence": "", "user": None})
    row["sequence"] = max(row["sequence"], event["sequence"])
    if version <= row["version"]:
        return "known already"
    # Who was erased has no resource; the version stays, so that nothing old brings them back.
    row.update(version=version, state=data["lifecycle"]["state"], user=data.get("resource"))
    return f"{row['state']}, version {version}, {(row['user'] or {}).get('userName', 'nobody')}"


class Consumer(MessagingHandler):
    def __init__(self, subscription):
        super().__init__(auto_accept=False)
        self.subscription = subscription

    def on_start(self, event):
        it = self.subscription
        connection = event.container.connect(
            it["urls"]["amqp"], user=it["username"], password=it["password"],
            allow_insecure_mechs=True)  # only where there is no TLS
        event.container.create_receiver(connection, it["queue"])

    def on_message(self, event):
        change = json.loads(event.message.body)
        print(change["type"], apply(change), sep=": ", flush=True)
        self.accept(event.delivery)  # not before it is applied


with open(sys.argv[1]) as answer:
    Container(Consumer(json.load(answer))).run()
