import type { Schema } from './document.ts';
import { html, type Html } from './html.ts';

/** A schema in a few words: its type, its bounds, its default; a noun is a link to where it is told. */
export function typeOf(schema: Schema): Html {
  const { $ref, anyOf, oneOf, items } = schema;
  if ($ref) return html`<a href="#${$ref.split('/').at(-1)}">${$ref.split('/').at(-1)}</a>`;
  const choices = anyOf ?? oneOf;
  if (choices) return joined(choices.map(typeOf), ' or ');
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum)
    return joined(
      schema.enum.map((each) => html`<code>${each}</code>`),
      ' ',
    );
  if (items) return html`list of ${typeOf(items)}${bounds(schema)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
  return html`${schema.format ?? type}${bounds(schema)}`;
}

/** The fields of an object, each with its type; those of objects inside it, indented below. */
export function fieldsOf(schema: Schema, depth = 0): Html {
  const entries = Object.entries(schema.properties ?? {});
  if (entries.length === 0) return html`<p>${typeOf(schema)}</p>`;
  const rows = entries.map(([name, each]) => {
    const needed = schema.required?.includes(name) ?? false;
    const inner = innerOf(each);
    return html`<li>
      <code>${name}</code>${needed ? html` <b>needed</b>` : ''}
      <span
        >${inner ? (each.items ? 'list of objects' : 'object') : typeOf(each)}${
          each.default === undefined ? '' : html`, else <code>${JSON.stringify(each.default)}</code>`
        }</span
      >${inner && depth < 4 ? fieldsOf(inner, depth + 1) : ''}
    </li>`;
  });
  return html`<ul class="fields">
    ${rows}
  </ul>`;
}

/** The object that a field holds, or of which it holds a list. */
function innerOf(schema: Schema): Schema | undefined {
  const candidates = [schema, schema.items, ...(schema.anyOf ?? [])];
  return candidates.find((each) => each?.properties !== undefined);
}

function bounds({ minimum, maximum, minLength, maxLength, maxItems }: Schema): Html {
  const told = (value: number | undefined, words: string) =>
    value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? '' : `, ${words} ${value}`;
  return html`${told(minimum, 'from')}${told(maximum, 'to')}${told(minLength, 'at least')}${told(maxLength, 'at most')}${told(maxItems, 'at most')}`;
}

function joined(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;
}
