import type { ReactNode } from "react";

interface ScrollRegionProps {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  /** Called with the region when it appears, to scroll it. */
  onAppear?(region: HTMLElement): void;
}

/** A part of a page that scrolls by itself. It takes the focus, so that the keyboard can scroll it too. */
export function ScrollRegion({ label, className, children, onAppear }: ScrollRegionProps) {
  const appear = (region: HTMLElement | null) => {
    if (region !== null) onAppear?.(region);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={className} aria-label={label} tabIndex={0} ref={onAppear === undefined ? null : appear}>
      {children}
    </section>
  );
}
