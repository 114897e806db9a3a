import type { Socket } from 'node:net';
import type { ScriptedReply } from './answers.ts';
import { authenticate } from './authenticate.ts';
import { ContentReader } from './content-reader.ts';
import { helloReply, pathIn } from './grammar.ts';
import { IncomingContent, type ReceivedMessage, type ReceivingSession } from './received-message.ts';
import { secureSocket } from './secure-socket.ts';
import type { SessionHost } from './session-host.ts';

const MAX_LINE_OCTETS = 4_096;

/** One SMTP session of a mail host: strict about the order of commands, and scripted about their answers. */
export class Session {
  #socket: Socket;
  readonly #host: SessionHost;
  #input: Buffer = Buffer.alloc(0);
  #output = '';
  #busy = false;
  #ended = false;
  #known: ReceivingSession;
  #greeted = false;
  #mail: { readonly reversePath: string; readonly parameters: readonly string[] } | undefined;
  #mailRefused = false;
  #forwardPaths: string[] = [];
  #rcptParameters: (readonly string[])[] = [];
  #content: { readonly reader: ContentReader; readonly incoming: IncomingContent } | undefined;
  /** The step of AUTH LOGIN or PLAIN that waits for the client's next line. */
  #awaiting: ((line: string) => void) | undefined;

  /** Serves a connection until it closes. */
  static serve(socket: Socket, host: SessionHost, connection: number): void {
    const session = new Session(socket, host, connection);
    session.#listen(socket);
    session.#answer(host.answers.greeting?.(connection), `220 ${host.name} ESMTP`);
    session.#flush();
  }

  private constructor(socket: Socket, host: SessionHost, connection: number) {
    this.#socket = socket;
    this.#host = host;
    const clientAddress = socket.remoteAddress ?? '';
    this.#known = { connection, clientAddress, clientName: '', authenticatedAs: undefined, tls: undefined };
  }

  #listen(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#ended = true;
      this.#content?.incoming.forget();
    });
    socket.on('data', (octets) => {
      this.#input = this.#input.length > 0 ? Buffer.concat([this.#input, octets]) : octets;
      this.#pump();
    });
  }

  #pump(): void {
    while (!this.#busy && !this.#ended && this.#input.length > 0) {
      if (this.#content) this.#readContent(this.#content);
      else if (!this.#readLine()) break;
    }
    this.#flush();
  }

  #readLine(): boolean {
    const end = this.#input.indexOf('\r\n');
    if (end < 0 && this.#input.length <= MAX_LINE_OCTETS) return false;
    if (end < 0 || end > MAX_LINE_OCTETS) {
      this.#host.misbehaved('a command line of more than 4096 octets');
      this.#close();
      return false;
    }
    const line = this.#input.toString('utf8', 0, end);
    this.#input = this.#input.subarray(end + 2);
    const awaiting = this.#awaiting;
    this.#awaiting = undefined;
    if (awaiting) awaiting(line);
    else this.#command(line);
    return true;
  }

  #readContent({ reader, incoming }: { readonly reader: ContentReader; readonly incoming: IncomingContent }): void {
    const rest = reader.read(this.#input, incoming.take);
    this.#input = rest ?? Buffer.alloc(0);
    if (rest === undefined) return;
    this.#content = undefined;
    const message: ReceivedMessage = {
      reversePath: this.#mail?.reversePath ?? '',
      mailParameters: this.#mail?.parameters ?? [],
      forwardPaths: this.#forwardPaths,
      rcptParameters: this.#rcptParameters,
      ...incoming.end(this.#host.token),
      session: this.#known,
      receivedAt: new Date(),
    };
    this.#reset();
    this.#answer(this.#host.answers.content?.(message), '250 2.0.0 Ok', (code) => {
      if (code === 2) this.#host.inbox.receive(message);
      else incoming.forget();
    });
  }

  #command(line: string): void {
    const { answers } = this.#host;
    const verb = /^[A-Za-z]*/.exec(line)?.[0].toUpperCase() ?? '';
    const rest = line.slice(verb.length).trim();
    switch (verb) {
      case 'EHLO':
      case 'HELO':
        return this.#hello(verb, rest);
      case 'MAIL': {
        const path = pathIn('FROM', rest);
        if (!path) return this.#refuse('501 5.5.4 Syntax: MAIL FROM:<reverse-path>', line);
        if (!this.#greeted || this.#mail) return this.#refuse('503 5.5.1 Not now', line);
        const mail = { reversePath: path.path, parameters: path.parameters };
        return this.#answer(answers.mail?.(path.path, path.parameters), '250 2.1.0 Ok', (code) => {
          if (code === 2) this.#mail = mail;
          this.#mailRefused = code !== 2;
        });
      }
      case 'RCPT': {
        const path = pathIn('TO', rest);
        if (!path?.path) return this.#refuse('501 5.5.4 Syntax: RCPT TO:<forward-path>', line);
        // A client that pipelines sends RCPT before it knows whether MAIL was taken (RFC 2920 §3.1).
        if (this.#mailRefused) return this.#answer(undefined, '503 5.5.1 MAIL was refused');
        if (!this.#mail) return this.#refuse('503 5.5.1 MAIL first', line);
        return this.#answer(answers.rcpt?.(path.path), '250 2.1.5 Ok', (code) => {
          if (code !== 2) return;
          this.#forwardPaths.push(path.path);
          this.#rcptParameters.push(path.parameters);
        });
      }
      case 'DATA':
        // And DATA before it knows whether any recipient was.
        if (this.#forwardPaths.length === 0) return this.#answer(undefined, '554 5.5.1 No valid recipients');
        return this.#answer(answers.data?.(), '354 End data with <CR><LF>.<CR><LF>', (code) => {
          if (code !== 3) return;
          this.#content = { reader: new ContentReader(), incoming: new IncomingContent(this.#host.inbox.room) };
        });
      case 'RSET':
        this.#reset();
        return this.#answer(answers.other?.(line), '250 2.0.0 Ok');
      case 'NOOP':
        return this.#answer(answers.other?.(line), '250 2.0.0 Ok');
      case 'QUIT':
        return this.#answer(answers.other?.(line) ?? { reply: '221 2.0.0 Bye', close: true }, '');
      case 'STARTTLS':
        return this.#startTls(line);
      case 'AUTH':
        return this.#authenticate(rest, line);
      default: {
        const scripted = answers.other?.(line);
        return scripted === undefined ? this.#refuse('500 5.5.1 What?', line) : this.#answer(scripted, '');
      }
    }
  }

  #hello(verb: 'EHLO' | 'HELO', name: string): void {
    const usual = helloReply(verb, this.#host, { secure: this.#known.tls !== undefined });
    const scripted = verb === 'EHLO' ? this.#host.answers.ehlo?.(name) : undefined;
    this.#reset();
    this.#answer(scripted, usual, (code) => {
      this.#greeted = code === 2;
      this.#known = { ...this.#known, clientName: name };
    });
  }

  #startTls(line: string): void {
    const { tls } = this.#host;
    const scripted = this.#host.answers.other?.(line);
    if (scripted !== undefined) return this.#answer(scripted, '');
    if (!tls || this.#known.tls) return this.#refuse('502 5.5.1 No STARTTLS here', line);
    if (this.#input.length > 0) this.#host.misbehaved('octets after STARTTLS, before the handshake');
    this.#input = Buffer.alloc(0);
    this.#answer(undefined, '220 2.0.0 Ready');
    this.#flush();
    this.#greeted = false;
    this.#socket = secureSocket(this.#socket, tls, (facts) => {
      this.#known = { ...this.#known, tls: facts };
    });
    this.#listen(this.#socket);
  }

  #authenticate(parameters: string, line: string): void {
    if (!this.#host.accounts) return this.#refuse('502 5.5.1 No AUTH here', line);
    authenticate(parameters, this.#host.accounts, {
      say: (reply) => this.#answer(undefined, reply),
      ask: (challenge, then) => {
        this.#answer(undefined, `334 ${challenge}`);
        this.#awaiting = then;
      },
      proved: (user) => {
        this.#known = { ...this.#known, authenticatedAs: user };
      },
    });
  }

  #refuse(reply: string, line: string): void {
    this.#host.misbehaved(line.slice(0, 200));
    this.#answer(undefined, reply);
  }

  /** Gives the scripted answer, or the usual one; `then` hears the first digit of what was said. */
  #answer(scripted: ScriptedReply | undefined, usual: string, then?: (code: number) => void): void {
    const script = typeof scripted === 'object' ? scripted : { reply: scripted };
    const speak = (): void => {
      const reply = script.reply ?? usual;
      if (reply !== '') this.#output += reply.endsWith('\r\n') ? reply : `${reply}\r\n`;
      then?.(Number(reply.charAt(0)));
      if (script.close) this.#close();
    };
    if (!script.delayMs) return speak();
    this.#busy = true;
    this.#flush();
    setTimeout(() => {
      this.#busy = false;
      if (this.#ended) return;
      speak();
      this.#pump();
    }, script.delayMs);
  }

  #reset(): void {
    this.#mail = undefined;
    this.#mailRefused = false;
    this.#forwardPaths = [];
    this.#rcptParameters = [];
  }

  #flush(): void {
    if (this.#output === '') return;
    const output = this.#output;
    this.#output = '';
    if (!this.#socket.destroyed) this.#socket.write(output);
  }

  #close(): void {
    this.#flush();
    this.#ended = true;
    this.#socket.end();
  }
}
