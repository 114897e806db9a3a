import type { QueueId } from './delivery-queue.ts';

/** Which mail a route takes. */
export interface RouteRule {
  readonly queueId: QueueId;
  /** Which recipients: a domain, `*.domain` for its sub-domains, `*` for all. Lower case, A-labels. */
  readonly domainPattern: string;
  /** Which senders: an address, `@domain`, `@*.domain`, `<>`, or all when undefined. */
  readonly senderPattern: string | undefined;
  /** Mail of credentials and listed networks with one of these tags; of all when it is not there or empty. */
  readonly tags?: readonly string[] | undefined;
}

/** The first route, in their order, that takes a recipient; undefined: it goes to its own mail hosts. */
export function routeFor<Rule extends RouteRule>(
  routes: readonly Rule[],
  mail: { readonly domain: string; readonly reversePath: string; readonly tag?: string | undefined },
): Rule | undefined {
  return routes.find(
    (route) =>
      takesDomain(route.domainPattern, mail.domain) &&
      takesSender(route.senderPattern, mail.reversePath) &&
      takesTag(route.tags, mail.tag),
  );
}

/** `*.example.com` takes `a.example.com` and `a.b.example.com`, and not `example.com`. */
function takesDomain(pattern: string, domain: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? domain.endsWith(pattern.slice(1)) : pattern === domain;
}

function takesTag(tags: readonly string[] | undefined, tag: string | undefined): boolean {
  if (tags === undefined || tags.length === 0) return true;
  return tag !== undefined && tags.includes(tag.toLowerCase());
}

/** The forms of a sender rule: an address, `@domain`, `@*.domain` for its sub-domains, `<>`, `*`. */
function takesSender(pattern: string | undefined, reversePath: string): boolean {
  if (pattern === undefined || pattern === '*') return true;
  if (pattern === '<>') return reversePath === '';
  const sender = reversePath.toLowerCase();
  const rule = pattern.toLowerCase();
  if (rule.startsWith('@*.')) return sender.slice(sender.lastIndexOf('@')).endsWith(rule.slice(2));
  return rule.startsWith('@') ? sender.endsWith(rule) : sender === rule;
}
