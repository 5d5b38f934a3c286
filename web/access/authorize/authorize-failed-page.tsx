import { getRouteApi } from "@tanstack/react-router";
import { FormNote } from "../form-message.tsx";
import { OutsidePage } from "../outside-page.tsx";

const route = getRouteApi("/authorize/failed");

/** An application came with a request that cannot be answered, and cannot be sent back where it came from either. */
export function AuthorizeFailedPage() {
  const { error = "unknown" } = route.useSearch();
  return (
    <OutsidePage title="The application cannot sign you in">
      <div className="outside-form">
        <p>
          It is not known here, was not approved, or was set up with another address. Nothing was given to it. Tell the
          people who run it, or a system administrator, what stands below.
        </p>
        <FormNote>{error}</FormNote>
      </div>
    </OutsidePage>
  );
}
