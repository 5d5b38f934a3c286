import { useSyncExternalStore } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { currentConnection, subscribeConnection } from "../../parts/live/connection.ts";

/** Says that the screen may be out of date, for as long as it may be. */
export function ConnectionNotice() {
  const connection = useSyncExternalStore(subscribeConnection, currentConnection);
  return (
    <div className="frame-notice-region" role="status">
      {connection === "connected" ? null : (
        <p className="frame-notice">
          <Icon name="offline" size={18} />
          <span>
            <strong>No connection.</strong> What you see may be out of date. Corridor keeps trying and catches up by
            itself.
          </span>
        </p>
      )}
    </div>
  );
}
