type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What stands in each field of a form, by its name. */
export type Written = ReadonlyMap<string, string>;

/** Reads what stands in the fields of a part of a page: of a box whether it is ticked. */
export function writtenIn(part: HTMLElement): Written {
  return new Map(fieldsIn(part).map((field) => [field.name, isBox(field) ? String(field.checked) : field.value]));
}

/** What was changed since, and to what. */
export function changedSince(before: Written, now: Written): Written {
  return new Map([...now].filter(([name, value]) => before.has(name) && before.get(name) !== value));
}

/** Writes into fields again, as a person would: whatever listens to them hears it. */
export function writeAgain(part: HTMLElement, written: Written): void {
  for (const field of fieldsIn(part)) {
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

/** The fields of a part of a page that have a name. */
export function fieldsIn(part: HTMLElement): Field[] {
  return [...part.querySelectorAll<Field>('input[name], textarea[name], select[name]')];
}

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && field.type === 'checkbox';
}
