/** The enum values of the domain as plain types: this file is free of Prisma, so that the browser may use the rules. */
export type { AgentRole, AgentStatus, GoalLevel, GoalStatus, IssueStatus, Priority, ProjectStatus, RunStatus, WakeSource, WakeStatus } from '../../prisma/generated/enums.ts';
