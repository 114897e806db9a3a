/**
 * Control characters (but TAB and LF), separators of lines and paragraphs, embeddings, overrides and isolates of
 * direction, and what has no width. The joiners and marks U+200C–U+200F stay: scripts and emoji are written with them.
 */
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Writes characters that would act or hide as their code points: `\u{202e}`. */
export function showControls(text: string): string {
  return text.replace(UNSEEN, (each) =>
    each === '\r' ? '\\r' : `\\u{${each.codePointAt(0)?.toString(16).padStart(4, '0')}}`,
  );
}
