import { stat } from "node:fs/promises";

/** What a file is told by, so that it need not be read to see that it is another; empty where it is not there. */
async function markOf(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => "",
  );
}

export interface WatchedFiles {
  /** Which files; asked each time. */
  paths(): Promise<readonly string[]>;
  /** Called when one of them has changed. False: it did not work, and is tried again at the next look. */
  changed(): Promise<boolean>;
  readonly everyMs: number;
}

export interface Watch {
  /** Looks now, whether a file has changed or not. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks at files time and again. It asks for their times rather than being told: certificates come by renaming, through
 * links and over networks, of which not every file system tells.
 */
export async function watchFiles({ paths, changed, everyMs }: WatchedFiles): Promise<Watch> {
  const known = new Map<string, string>();
  const news = async () => {
    let count = 0;
    for (const path of await paths()) {
      const mark = await markOf(path);
      if (known.has(path) && known.get(path) !== mark) count += 1;
      known.set(path, mark);
    }
    return count > 0;
  };
  await news();
  let isBehind = false;
  let looking = Promise.resolve();
  const look = (isAsked: boolean) => {
    looking = looking.then(async () => {
      if ((await news()) || isAsked || isBehind) isBehind = !(await changed());
    });
    return looking;
  };
  const timer = setInterval(() => void look(false), everyMs).unref();
  return {
    look: () => look(true),
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
