/**
 * A text from outside as it may be shown on a terminal: control characters, which could move the cursor or set its title,
 * and characters that turn the direction of writing, are shown as their code.
 */
export function plain(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** An instant in the zone of whoever reads it: `2026-01-31 08:00:00`. */
export function localTime(instant: string | null): string | null {
  if (instant === null) return null;
  const at = new Date(instant);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** How long ago an instant was, in its largest unit: `5m`, `3h`, `2d`. */
export function ago(instant: string | null, now: Date): string | null {
  if (instant === null) return null;
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(instant).getTime()) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)}h` : `${Math.round(seconds / 86_400)}d`;
}
