import { showControls } from './show-controls.ts';

/**
 * Text that came from outside: a subject, an address, a remote reply.
 *
 * It stays text (React escapes it), it cannot turn the direction of what stands around it (`bdi`), and control
 * characters and direction overrides show as what they are instead of acting.
 */
export function OutsideText({ text, empty }: { readonly text: string; readonly empty?: string }) {
  if (text === '' && empty !== undefined) return <span className="text-ink-faint italic">{empty}</span>;
  return <bdi>{showControls(text)}</bdi>;
}
