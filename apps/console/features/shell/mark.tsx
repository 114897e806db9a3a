/** The mark: the gate, and what goes out through it. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden
      className={className}
      fill="none"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M5 20.5V10.5a7 7 0 0 1 14 0v1" stroke="currentColor" />
      <path d="M9.5 16.5h11M17.2 13.2l3.3 3.3-3.3 3.3" className="stroke-accent" />
    </svg>
  );
}
