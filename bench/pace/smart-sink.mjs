import { mailHost } from '@postern/lab';

/**
 * Mail hosts that answer like real ones: of their mail they bounce, defer and throttle given shares, and serve so many
 * connections. `arrived` hears of each message that they take, by its first forward-path.
 */
export async function smartSink({ addresses, port, rates, arrived, maxConnections }) {
  const chance = (share) => Math.random() < share;
  const answers = {
    mail: () => (chance(rates.throttle) ? '421 4.7.0 Too many connections from your address' : undefined),
    rcpt: () => {
      if (chance(rates.bounce)) return '550 5.1.1 No such user here';
      return chance(rates.defer) ? '451 4.2.1 Try again in a while' : undefined;
    },
    content: (message) => void arrived(message.forwardPaths[0]),
  };
  const hosts = [];
  let bound = port;
  for (const address of addresses) {
    const host = await mailHost({ address, port: bound, answers, maxConnections, keepMessages: 0, keepOctets: 0 });
    bound = host.port;
    hosts.push(host);
  }
  return {
    port: bound,
    count: () => hosts.reduce((sum, host) => sum + host.count, 0),
    peak: () => Math.max(...hosts.map((host) => host.connections.peak)),
    close: () => Promise.all(hosts.map((host) => host.close())),
  };
}
