import { about } from '../../graphql/live.ts';

/** What may change how a budget stands: itself, its incidents, whatever it counts, and who is paused by it. */
export const aboutBudgets = about('budget', 'budgetIncident', 'cost', 'costEvent', 'run', 'price');

/** What opens and ends stops: each is an event of its own, whatever was counted. */
export const aboutStops = about('budget', 'budgetIncident');
