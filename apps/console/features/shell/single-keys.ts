const KEY = 'postern.single-keys';

/** Whether keys without Ctrl do anything in this browser. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

/** Switches them on or off; a browser that keeps nothing keeps them on. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Nothing is kept in a private window.
  }
}
