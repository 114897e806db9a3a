import { type Classification, classifier, DEFAULT_RULE_SET } from '@postern/bounce';
import type { AttemptFacts } from '@postern/queue';
import type { DeliveryContext } from './context.ts';

const byDefault = classifier(DEFAULT_RULE_SET);

/** The class of a failed attempt, by the rules that are active. */
export function whyItFailed(
  { reply, stage, host }: Pick<AttemptFacts, 'reply' | 'stage' | 'host'>,
  { classify = byDefault }: Pick<DeliveryContext, 'classify'>,
): Classification {
  return classify({ ...reply, stage, host });
}
