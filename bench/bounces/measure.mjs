const STAGES = { HELO: 'ehlo', EHLO: 'ehlo', MAIL: 'mail', RCPT: 'rcpt', DATA: 'content' };
/** What is asked for: that these are found. */
const GONE = new Set(['recipient_unknown', 'domain_unknown']);
/** The recipient's doing too; labels disagree whether the address is gone. */
const NEAR = new Set(['recipient_rejected', 'recipient_disabled']);
const SUPPRESS_IN_TIME = new Set([...GONE, 'recipient_disabled', 'domain_refuses_mail']);

/** Labelled replies from JSON lines. */
export function read(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const { reply, stage, class: expected } = JSON.parse(line);
    const [, code = '550', enhanced, words = ''] =
      /^(\d{3})[ -]?(?:([245]\.\d{1,3}\.\d{1,3})(?=\s|$)\s?)?([^]*)$/.exec(reply) ?? [];
    return {
      expected,
      reply,
      failed: { code: Number(code), enhanced, text: words, stage: STAGES[stage] ?? stage ?? undefined },
    };
  });
}

/** How well a classifier tells them. */
export function measure(labelled, classify) {
  const told = labelled.map((each) => ({ ...each, told: classify(each.failed) }));
  const gone = told.filter(({ expected }) => GONE.has(expected));
  const others = told.filter(({ expected }) => !GONE.has(expected) && !NEAR.has(expected));
  const found = gone.filter((each) => GONE.has(each.told.class)).length;
  const agreed = told.filter((each) => each.told.class === each.expected).length;
  return {
    replies: told.length,
    gone: gone.length,
    found,
    recall: found / Math.max(1, gone.length),
    others: others.length,
    falseSuppressions: others.filter((each) => GONE.has(each.told.class)).length,
    suppressedInAll: others.filter((each) => each.told.class !== each.expected && SUPPRESS_IN_TIME.has(each.told.class))
      .length,
    agreement: agreed / Math.max(1, told.length),
    wrong: told
      .filter((each) => each.told.class !== each.expected)
      .map(({ expected, told: { class: bounceClass, rule }, reply }) => ({ expected, told: bounceClass, rule, reply })),
  };
}
