/** A number with its noun: `1 message`, `2 messages`, `1 reply`, `2 replies`, `2 days`, `1 address`, `2 addresses`. */
export function counted(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`;
  return `${number} ${noun.replace(/(?<=[^aeo])y$/, 'ie').replace(/ss$/, 'sse')}s`;
}
