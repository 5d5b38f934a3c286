import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { FailurePanel } from "../../parts/state-panel/failure-panel.tsx";
import "./frame.css";

/** In the place of a page that has met a fault; the rest of the frame stays. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="page">
      <h1 className="visually-hidden">This page could not be shown</h1>
      <FailurePanel error={error} onRetry={retry} />
    </div>
  );
}
