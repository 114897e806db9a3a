/**
 * Asks again and again until the condition holds, and answers its value; a condition that throws does not hold yet.
 * The error at the deadline says what was waited for, and what the condition said last.
 */
export async function waitFor<Value>(
  condition: () => Value | Promise<Value>,
  options: { readonly what: string; readonly timeoutMs?: number; readonly everyMs?: number },
): Promise<NonNullable<Value>> {
  const { what, timeoutMs = 10_000, everyMs = 10 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const last = await attempt(condition, deadline);
    if (last.value) return last.value;
    if (performance.now() >= deadline) {
      const said = last.error === undefined ? inspect(last.value) : `error: ${String(last.error)}`;
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what} (last: ${said})`, { cause: last.error });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** What the condition says; one that has said nothing by the deadline is not waited for. */
async function attempt<Value>(
  condition: () => Value | Promise<Value>,
  deadline: number,
): Promise<{ value?: Value; error?: unknown }> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), Math.max(0, deadline - performance.now()));
  });
  try {
    return { value: await Promise.race([condition(), silence]) };
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}

function inspect(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
