// Loaded first in every thread and child process: none of them may leave this machine, and a library gets no chance before it.
import { guardSockets } from './outbound.ts';

guardSockets();
