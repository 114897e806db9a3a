import { createHash } from 'node:crypto';
import { asApiDocument, type ApiDocument, type Operation } from './document.ts';
import { html, Html } from './html.ts';
import { fieldsOf, typeOf } from './schema-view.ts';
import { STYLE } from './style.ts';

export interface DocsPage {
  readonly html: string;
  /** Nothing is loaded and nothing runs: one style, known by its digest. */
  readonly policy: string;
}

/** The OpenAPI document as a page that needs nothing else. */
export function docsPage(given: Readonly<Record<string, unknown>>): DocsPage {
  const document = asApiDocument(given);
  const byTag = Map.groupBy(operationsOf(document), ({ operation }) => operation.tags[0] ?? '');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Postern admin API</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <nav aria-label="Contents">
          <a class="home" href="/">Postern</a>
          <ul>
            ${[...byTag.keys()].map((tag) => html`<li><a href="#${slug(tag)}">${tag}</a></li>`)}
            <li><a href="#nouns">Nouns</a></li>
          </ul>
        </nav>
        <main>
          <h1>Admin API</h1>
          ${introduction()}
          ${[...byTag].map(
            ([tag, operations]) =>
              html`<section id="${slug(tag)}">
                <h2>${tag}</h2>
                ${operations.map(operationView)}
              </section>`,
          )}
          <section id="nouns">
            <h2>Nouns</h2>
            ${Object.entries(document.components.schemas).map(
              ([name, schema]) =>
                html`<details id="${name}">
                  <summary><b>${name}</b></summary>
                  ${fieldsOf(schema)}
                </details>`,
            )}
          </section>
        </main>
      </body>
    </html>`;
  const digest = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return { html: page.text, policy };
}

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function operationsOf({ paths }: ApiDocument): readonly Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

function operationView({ method, path, operation }: Placed): Html {
  const { parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  return html`<details id="${operation.operationId}">
    <summary>
      <span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code>
      <span class="says">${operation.summary}</span>
    </summary>
    <p class="who">${whoMay(operation)}</p>
    ${
      parameters.length === 0
        ? ''
        : html`<h3>Parameters</h3>
            <ul class="fields">
              ${parameters.map((each) => html`<li><code>${each.name}</code> ${each.in}${each.required ? html` <b>needed</b>` : ''} <span>${typeOf(each.schema)}</span>${each.description ? html`<br />${each.description}` : ''}</li>`)}
            </ul>`
    }
    ${
      body
        ? html`<h3>Body</h3>
            ${fieldsOf(body)}`
        : ''
    }
    <h3>Answers</h3>
    <ul class="fields">
      ${Object.entries(responses).map(([status, response]) => {
        const schema = response.content?.['application/json']?.schema;
        return html`<li>
          <code>${status}</code>
          ${response.description}${schema ? (schema.properties ? fieldsOf(schema) : html` <span>${typeOf(schema)}</span>`) : ''}
        </li>`;
      })}
    </ul>
  </details>`;
}

function whoMay({ security, 'x-permission': permission }: Operation): Html {
  if (permission) return html`Needs the permission <code>${permission}</code>.`;
  return security.length === 0 ? html`Open to anyone.` : html`For whoever is signed in; not for API keys.`;
}

function introduction(): Html {
  return html`<p>
      JSON in and out. Sign in with an API key, <code>Authorization: Bearer postern_…</code> (<code
        >postern api-key create</code
      >, or the console), or with the console’s session. The document behind this page:
      <a href="/api/openapi.json">openapi.json</a>.
    </p>
    <ul>
      <li>
        What goes wrong is a problem (RFC 9457, <code>application/problem+json</code>); <code>errors</code> names each
        field that is at fault.
      </li>
      <li>Lists come in pages: give <code>nextCursor</code> of one as <code>cursor</code> of the next.</li>
      <li>
        What makes something takes an <code>Idempotency-Key</code>: given again within a day, the same request is
        answered as before and done once.
      </li>
      <li>
        What is shown with an <code>ETag</code> can be changed with <code>If-Match</code>: 412 tells that somebody else
        was faster.
      </li>
      <li><code>RateLimit</code> says what is left of this minute; 429 comes with <code>Retry-After</code>.</li>
    </ul>`;
}

function slug(tag: string): string {
  return tag.toLowerCase().replace(/\W+/g, '-');
}
