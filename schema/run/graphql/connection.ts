import { connectionOf } from '../../shared/connection.ts';
import { RunRef } from '../ref.ts';

export const RunConnection = connectionOf(RunRef, 'Run');
