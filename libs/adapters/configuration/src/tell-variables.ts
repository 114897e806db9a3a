import { VARIABLES, type Variable } from './variables.ts';

/** A variable as an operator is told of it: of a secret, that it is set, and nothing else. */
export interface ToldVariable {
  readonly name: string;
  readonly meaning: string;
  /** The default, in words. */
  readonly says: string;
  readonly set: boolean;
  /** The text that it was set to; null where it is unset, or a secret. */
  readonly value: string | null;
}

/** Every variable that Postern reads, with what it is set to in an environment. */
export function tellVariables(environment: Readonly<Record<string, string | undefined>>): readonly ToldVariable[] {
  return Object.values<Variable<unknown>>(VARIABLES).map(({ name, meaning, says, secret }) => {
    const text = environment[name]?.trim() ?? '';
    return { name, meaning, says, set: text !== '', value: text === '' || secret ? null : text.slice(0, 2_000) };
  });
}
