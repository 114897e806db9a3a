import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is checked: what WCAG 2.2 asks for at the levels A and AA, and what is good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What another theme can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with the page as it is shown: each rule with the elements that break it. */
export async function accessibilityFaults(
  page: Page,
  what: 'everything' | 'colours' | 'floating',
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const runOnly = what === 'colours' ? { type: 'rule', values: COLOURS } : { type: 'tag', values: TAGS };
  // What floats over the page stands beside its landmarks.
  const rules = what === 'floating' ? { region: { enabled: false } } : {};
  const options = JSON.stringify({ runOnly, rules, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<Found>(`axe.run(document, ${options})`);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(say).join(' | ')}`);
}

interface Found {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly Node[] }[];
}

interface Node {
  readonly html: string;
  readonly failureSummary?: string;
}

function say({ html, failureSummary = '' }: Node): string {
  return `${html.slice(0, 160)} (${failureSummary})`;
}
