type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What stands in each field of a form, by its name. */
export type Written = ReadonlyMap<string, string>;

/** Reads what stands in the fields of a form: of a box whether it is ticked. */
export function writtenIn(form: HTMLFormElement): Written {
  return new Map(fieldsOf(form).map((field) => [field.name, isBox(field) ? String(field.checked) : field.value]));
}

/** What was changed since, and to what. */
export function changedSince(before: Written, now: Written): Written {
  return new Map([...now].filter(([name, value]) => before.has(name) && before.get(name) !== value));
}

/** Writes into fields again, as a person would: whatever listens to them hears it. */
export function writeAgain(form: HTMLFormElement, written: Written): void {
  for (const field of fieldsOf(form)) {
    const value = written.get(field.name);
    if (value === undefined) continue;
    if (isBox(field)) {
      if (String(field.checked) !== value) field.click();
      continue;
    }
    field.value = value;
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  }
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (each): each is Field =>
      (each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement || each instanceof HTMLSelectElement) &&
      each.name !== '',
  );
}

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && field.type === 'checkbox';
}
