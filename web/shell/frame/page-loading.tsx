import { LoadingPanel } from "../../parts/state-panel/loading-panel.tsx";
import "./frame.css";

export function PageLoading() {
  return (
    <div className="page">
      <LoadingPanel label="Loading the page" />
    </div>
  );
}
