/** The sign of Corridor: two doors and, between them, the trace of a pulse. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="none">
      <g strokeLinejoin="round" strokeLinecap="round">
        <path d="M4 28V7.5L11.5 12v16M28 28V7.5L20.5 12v16" stroke="#fff" strokeWidth="2.4" />
        <path d="M11.5 20.5h2.4l1.9-5 1.7 8 1.3-3h1.7" stroke="#7fd0ff" strokeWidth="1.9" />
      </g>
    </svg>
  );
}
