/**
 * Calls back once when the npm that runs this script is gone: a killed npm, or a shell between it and us, passes no
 * signal on. Nothing is done for a script that was started without npm: its starter may well leave before it.
 */
export function whenParentIsGone(tell) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    tell();
  }, 250);
  timer.unref();
}
