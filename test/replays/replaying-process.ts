/** A process that works on replays until it is killed. */
import { replayHall, toGp } from "./hall.ts";

const hall = await replayHall(toGp, JSON.parse(process.argv[2] ?? ""));
hall.open();
process.stdout.write("open\n");
