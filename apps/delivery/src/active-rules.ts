import { type Classification, classifier, type Classifier, DEFAULT_RULE_SET, type FailedReply } from '@postern/bounce';
import type { Logger } from '@postern/observability';
import type { Store } from '@postern/prisma-store';

const FRESH_MS = 5_000;

/** The rules that are active, looked up again when they are asked and are not fresh any more; meanwhile those of before. */
export class ActiveRules {
  readonly #store: Pick<Store, 'admin'>;
  readonly #log: Logger;
  #classify: Classifier = classifier(DEFAULT_RULE_SET);
  #version: number | undefined;
  #askedMs = -Infinity;

  constructor(store: Pick<Store, 'admin'>, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  readonly classify = (reply: FailedReply): Classification => {
    if (performance.now() - this.#askedMs > FRESH_MS) {
      this.#askedMs = performance.now();
      void this.#refresh();
    }
    return this.#classify(reply);
  };

  async #refresh(): Promise<void> {
    try {
      const stored = await this.#store.admin.activeRules();
      if (stored?.version === this.#version) return;
      this.#version = stored?.version;
      this.#classify = classifier(stored && stored.rules.length > 0 ? stored : DEFAULT_RULE_SET);
      this.#log.info({ version: stored?.version ?? DEFAULT_RULE_SET.version }, 'bounce rules are active');
    } catch (cause) {
      this.#log.warn({ err: cause }, 'bounce rules not read, those of before are good');
    }
  }
}
