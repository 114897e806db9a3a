/** What must be ended or removed before a comparison is over, however it ends: the last begun is the first ended. */
class Endings {
  #stack = [];
  #ending;
  interrupted = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (this.interrupted) return;
        this.interrupted = true;
        console.error('\nEnding …');
        void this.all().finally(() => process.exit(130));
      });
    }
  }

  /** Has `end` called when all is over, unless the answered function is called before. */
  add(end) {
    const each = { end };
    this.#stack.push(each);
    return async () => {
      const at = this.#stack.indexOf(each);
      if (at < 0) return;
      this.#stack.splice(at, 1);
      await end();
    };
  }

  all() {
    this.#ending ??= this.#endAll();
    return this.#ending;
  }

  async #endAll() {
    for (let each = this.#stack.pop(); each; each = this.#stack.pop()) {
      try {
        await each.end();
      } catch (error) {
        console.error(`Not ended cleanly: ${error.message}`);
      }
    }
  }
}

export const endings = new Endings();
