/**
 * main.cf of a relay as Postfix's own performance notes have it (TUNING_README): stock durability, no limit that would hold
 * it back at so many sessions, and nothing asked of any name server.
 */
export function mainCf({ directory, queue, data, sink, sessions }) {
  return settings({
    compatibility_level: '3.6',
    config_directory: directory,
    queue_directory: queue,
    data_directory: data,
    maillog_file_prefixes: queue,
    maillog_file: `${queue}/log`,
    myhostname: 'postfix.bench.example',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    biff: 'no',
    append_dot_mydomain: 'no',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    // Nothing outside loopback is asked: the client's name is not looked up, and the next hop is an address.
    smtpd_peername_lookup: 'no',
    smtp_dns_support_level: 'disabled',
    relayhost: `[${sink.address}]:${sink.port}`,
    default_process_limit: Math.max(100, sessions * 2),
    initial_destination_concurrency: sessions,
    default_destination_concurrency_limit: sessions,
    smtp_destination_concurrency_limit: sessions,
    // Postfix slows its clients down when more comes in than goes out; here it may take what it can.
    in_flow_delay: '0',
    // Stock, and the faster way for Postfix in both modes here: a busy next hop's connections are kept and reused.
    smtp_connection_cache_on_demand: 'yes',
  });
}

/** master.cf with one listener, and the services of a stock installation that relaying needs; nothing is chrooted. */
export function masterCf({ port }) {
  return [
    [`127.0.0.1:${port}`, 'inet', 'n', '-', 'n', '-', '-', 'smtpd'],
    ['cleanup', 'unix', 'n', '-', 'n', '-', '0', 'cleanup'],
    ['qmgr', 'unix', 'n', '-', 'n', '300', '1', 'qmgr'],
    ['rewrite', 'unix', '-', '-', 'n', '-', '-', 'trivial-rewrite'],
    ['bounce', 'unix', '-', '-', 'n', '-', '0', 'bounce'],
    ['defer', 'unix', '-', '-', 'n', '-', '0', 'bounce'],
    ['trace', 'unix', '-', '-', 'n', '-', '0', 'bounce'],
    ['verify', 'unix', '-', '-', 'n', '-', '1', 'verify'],
    ['flush', 'unix', 'n', '-', 'n', '1000?', '0', 'flush'],
    ['proxymap', 'unix', '-', '-', 'n', '-', '-', 'proxymap'],
    ['smtp', 'unix', '-', '-', 'n', '-', '-', 'smtp'],
    ['relay', 'unix', '-', '-', 'n', '-', '-', 'smtp'],
    ['error', 'unix', '-', '-', 'n', '-', '-', 'error'],
    ['retry', 'unix', '-', '-', 'n', '-', '-', 'error'],
    ['showq', 'unix', 'n', '-', 'n', '-', '-', 'showq'],
    ['anvil', 'unix', '-', '-', 'n', '-', '1', 'anvil'],
    ['scache', 'unix', '-', '-', 'n', '-', '1', 'scache'],
    ['postlog', 'unix-dgram', 'n', '-', 'n', '-', '1', 'postlogd'],
  ]
    .map((service) => `${service.join(' ')}\n`)
    .join('');
}

function settings(values) {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}
