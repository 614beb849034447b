import { parentPort, workerData } from 'node:worker_threads';
import { busyTimesIn, type CalendarAsked } from '../../rules/calendar/busy-times.js';

const transferred: [] = [];
parentPort?.postMessage(busyTimesIn(workerData as CalendarAsked), transferred);
