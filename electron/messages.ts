// What the shell and the engine process say to each other. The page's API does not pass here: each page has its own port.
import type { Notification } from '../main/alerts/contract/alerts.ts';
import type { Settings } from '../main/api/contract/system.ts';
import type { WayBack } from '../main/engine.ts';

export type ToEngine =
  | { readonly type: 'connect' }
  /** the computer woke from sleep */
  | { readonly type: 'wake' }
  | { readonly type: 'secret'; readonly id: number; readonly value: string | null }
  | { readonly type: 'settings'; readonly change: Partial<Settings> }
  /** with the port to the models process asked for */
  | { readonly type: 'models'; readonly id: number }
  | {
      readonly type: 'models-ended';
      readonly id: number;
      readonly code: number;
      /** the end of its error output */
      readonly lastWords: string;
    }
  /** answered by `pong` */
  | { readonly type: 'ping' }
  /** what the shell saw, for the app's log */
  | { readonly type: 'log'; readonly message: string; readonly data: Readonly<Record<string, unknown>> }
  /** a connection that the shell's own process was not let make */
  | { readonly type: 'refused'; readonly address: string }
  /** the answer to `way-back` */
  | { readonly type: 'go-back'; readonly wanted: boolean }
  | { readonly type: 'stop' };
export type ToShell =
  | { readonly type: 'ready'; readonly pid: number | undefined; readonly settings: Settings }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
    }
  /** this new version did not come up last time, or the former one meets what it left: go back? Answered by `go-back` */
  | { readonly type: 'way-back'; readonly way: WayBack }
  /** the data is as it was; the former version is to be started */
  | { readonly type: 'went-back'; readonly way: WayBack }
  | { readonly type: 'pong' }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'notification'; readonly notification: Notification }
  | { readonly type: 'alerts'; readonly open: number }
  /** start the models process, answered by `models`; or end it, answered by `models-ended` */
  | { readonly type: 'models-start'; readonly id: number }
  | { readonly type: 'models-kill' }
  /** seal or open a secret with the OS key store; answered by `secret` with the same id */
  | { readonly type: 'secret'; readonly id: number; readonly act: 'seal' | 'open'; readonly text: string };
