/** The time zone that the viewer is in: at first the one that the server was told, then the browser's own. */
export interface ViewerZone {
  readonly first: () => string;
  readonly now: () => string;
  readonly set: (zone: string) => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

export function createZone(first: string): ViewerZone {
  let zone = first;
  const listeners = new Set<() => void>();
  return {
    first: () => first,
    now: () => zone,
    set(to) {
      if (to === zone) return;
      zone = to;
      for (const tell of listeners) tell();
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}
