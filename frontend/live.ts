// The live room on one screen. The server says what there is to see; this draws it. What somebody types is kept on the
// device first, then sent under a key of its own until the server has it: nothing is lost, and nothing is doubled.
import { begin as beginBoard } from "./live/board";
import { Clock } from "./live/clock";
import { Outbox } from "./live/outbox";
import { draw } from "./live/screens";
import { Sight } from "./live/sight";
import { begin, type Setting } from "./live/setting";

const setting: Setting | undefined = begin();

if (setting) {
  const clock = new Clock();
  const outbox = new Outbox(setting);
  const sight = new Sight(setting, clock);
  const again = (): void => {
    draw(setting, sight, outbox, clock);
    if (sight.closed) outbox.drop();
  };
  outbox.changed = again;
  sight.changed = again;
  beginBoard(setting);
  outbox.begin();
  sight.begin();
  again();
  setInterval(() => clock.tick(setting, sight), 250);
}
