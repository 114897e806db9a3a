/** How AUTH speaks: one reply at a time, and the client's next line when it asked for one. */
export interface AuthExchange {
  say(reply: string): void;
  ask(challenge: string, then: (line: string) => void): void;
  /** The client is who it says. */
  proved(user: string): void;
}

/** AUTH PLAIN and LOGIN of a mail host, with or without an initial response (RFC 4954 §4, RFC 4616). */
export function authenticate(
  parameters: string,
  accounts: Readonly<Record<string, string>>,
  exchange: AuthExchange,
): void {
  const [mechanism = '', initial] = parameters.split(' ');
  const check = (user: string, password: string): void => {
    const right = accounts[user] === password;
    if (right) exchange.proved(user);
    exchange.say(right ? '235 2.7.0 Ok' : '535 5.7.8 No');
  };
  const plain = (response: string): void => {
    const [, user = '', password = ''] = decode(response).split('\0');
    check(user, password);
  };
  const login = (user: string): void =>
    exchange.ask('UGFzc3dvcmQ6', (password) => check(decode(user), decode(password)));
  switch (mechanism.toUpperCase()) {
    case 'PLAIN':
      return initial === undefined ? exchange.ask('', plain) : plain(initial);
    case 'LOGIN':
      return initial === undefined ? exchange.ask('VXNlcm5hbWU6', login) : login(initial);
    default:
      return exchange.say('504 5.5.4 Unknown mechanism');
  }
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
