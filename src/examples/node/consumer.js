// Keeps a copy of the people that Gatehouse knows: node consumer.js subscription.json
const client = require('rhea');
const it = JSON.parse(require('fs').readFileSync(process.argv[2]));

const people = new Map(); // id -> row; stands for a table of yours, see ../README.md

function apply(event) {
  if (event.type === 'gatehouse.feed.bootstrap.completed.v1') {
    for (const row of people.values()) {
      if (row.sequence < event.sequence) row.user = undefined; // not seen: gone
    }
    return `complete, ${[...people.values()].filter((row) => row.user).length} people`;
  }
  if (!event.type.startsWith('gatehouse.user.')) return 'not for us';
  const { id, lifecycle: { state }, resource: user } = event.data;
  const version = Number(event.resourceversion);
  const row = people.get(id) ?? { version: 0, sequence: '' };
  people.set(id, row);
  if (event.sequence > row.sequence) row.sequence = event.sequence;
  if (version <= row.version) return 'known already';
  // Who was erased has no resource; the version stays, so that nothing old brings them back.
  Object.assign(row, { version, state, user });
  return `${state}, version ${version}, ${user?.userName ?? 'nobody'}`;
}

client.on('message', ({ message, delivery }) => {
  const event = JSON.parse(message.body);
  console.log(`${event.type}: ${apply(event)}`);
  delivery.accept(); // not before it is applied
});
client.on('disconnected', () => console.error('disconnected, trying again'));

const { hostname: host, port } = new URL(it.urls.amqp);
client
  .connect({ host, port, username: it.username, password: it.password })
  .open_receiver({ source: it.queue, autoaccept: false });
