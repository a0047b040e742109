import { getNamedType, getNullableType, type GraphQLArgument, type GraphQLInputField, isAbstractType, isInputObjectType, isInterfaceType, isListType, isObjectType, isRequiredInputField } from 'graphql';
import { testSchema } from './boardroom.ts';
import type { Furnished } from './company.ts';
import { documentFor, rootFields, selectionOf } from './documents.ts';
import { mutationCases } from './mutations.ts';

/** A place in the schema where a caller gives a value. */
export interface Position {
  /** `mutation updateAgent input.managerId`, `query Company.issues filter.assigneeId`. */
  name: string;
  operation: 'query' | 'mutation' | 'subscription';
  field: string;
  argument: Argument;
  /** The row that the operation is about, and not one that it merely refers to. */
  isSubject: boolean;
  /** The operation with this value there, and everything else from the rows of one company. */
  ask(rows: Furnished, value: unknown): { source: string; variables: Record<string, unknown> };
}

type Argument = GraphQLArgument | GraphQLInputField;
type Match = (argument: Argument) => boolean;
const namesARow: Match = ({ name }) => /^(id|ref)$|Ids?$/.test(name);
const isList = ({ type }: Argument) => isListType(getNullableType(type));
const valueAt = (argument: Argument, value: unknown) => (isList(argument) ? [value] : value);

/** The places in some arguments that match, also inside of input objects, as paths. */
function placesIn(args: readonly Argument[], match: Match, path: string[] = []): { path: string[]; argument: Argument }[] {
  return args.flatMap((argument) => {
    const at = [...path, argument.name];
    const type = getNamedType(argument.type);
    if (isInputObjectType(type)) return placesIn(Object.values(type.getFields()), match, at);
    return match(argument) ? [{ path: at, argument }] : [];
  });
}

function withValue(base: Record<string, unknown>, path: string[], value: unknown): Record<string, unknown> {
  const [head, ...rest] = path as [string, ...string[]];
  return { ...base, [head]: rest.length === 0 ? value : withValue((base[head] ?? {}) as Record<string, unknown>, rest, value) };
}

function rootPositions(operation: Position['operation'], match: Match): Position[] {
  return Object.values(rootFields(operation)).flatMap((field) =>
    placesIn(field.args, match).map(({ path, argument }) => ({
      name: `${operation} ${field.name} ${path.join('.')}`, operation, field: field.name, argument,
      isSubject: operation !== 'mutation' || isEither(field.name) || subjectOf(field.name) === path.at(-1),
      ask: (rows: Furnished, value: unknown) => ({
        source: documentFor(operation, field.name, operation === 'mutation' || isAbstractType(getNamedType(field.type)) ? 0 : 1),
        variables: withValue(operation === 'mutation' ? { input: inputOf(field.name, rows, path) } : (neededBy[field.name]?.(rows) ?? {}), path, valueAt(argument, value)),
      }),
    })),
  );
}

/** What queries with several required arguments are asked with besides the one that is tried. */
const neededBy: Record<string, (rows: Furnished) => Record<string, unknown>> = {
  inbox: ({ company }) => ({ companyId: company.id }),
  explainWake: ({ engineer }) => ({ agentId: engineer.id }),
  search: ({ company }) => ({ companyId: company.id, text: company.name }),
};

/** An issue has one assignee: naming a person leaves the agent of the case out. */
function inputOf(mutation: string, rows: Furnished, path: string[]): Record<string, unknown> {
  const { assigneeId, ...rest } = mutationCases[mutation]?.input(rows) ?? {};
  return path.at(-1) === 'assigneeUserId' || assigneeId === undefined ? rest : { assigneeId, ...rest };
}

/** Mutations that are about one row or another, by which of their ids is given. */
const isEither = (mutation: string) => ['archiveFromInbox', 'markRead'].includes(mutation);

/** The row that a mutation is about: what its input must name, else the first thing that its case does. */
function subjectOf(mutation: string): string | undefined {
  const input = getNamedType(rootFields('mutation')[mutation]?.args[0]?.type);
  const ids = isInputObjectType(input) ? Object.values(input.getFields()).filter((field) => namesARow(field) && field.name !== 'baseRevisionId') : [];
  return (ids.find(isRequiredInputField) ?? ids[0])?.name;
}

/** One row of each type that has an id of its own, by which its fields can be reached. */
export function ownRow(typename: string, rows: Furnished): string | undefined {
  const known: Record<string, { id: string }> = {
    BreakerTrip: rows.breakerTrip, Approval: rows.approval, ApprovalComment: rows.approvalComment, ApprovalVersion: rows.approvalVersion, AgentRevision: rows.agentRevision,
    Document: rows.document, DocumentRevision: { id: rows.document.latestRevisionId }, AnnotationThread: rows.annotation, AnnotationComment: rows.remark,
    Budget: rows.budget, BudgetIncident: rows.incident,
    Company: rows.company, Agent: rows.engineer, Goal: rows.goal, Project: rows.project, Label: rows.label, Issue: rows.issue, Comment: rows.comment, Run: rows.running,
    Wakeup: rows.wakeup, CostEvent: rows.cost, ModelPrice: rows.price, Activity: rows.activity, AgentKey: rows.agentKey, AgentGrant: rows.grant, RecoveryAction: rows.recovery, WatchdogDecision: rows.watchdogDecision, WorkProduct: rows.workProduct, Attachment: rows.attachment, Interaction: rows.interaction, PlanDecomposition: rows.decomposition, SubtreeHold: rows.hold, Workspace: rows.workspace, WorkspaceOperation: rows.operation,
    NotificationTarget: rows.notificationTarget, NotificationDelivery: rows.notificationDelivery,
  };
  return known[typename]?.id;
}

/** What has no id of its own, and the field of a company that it is reached by. */
const partOfCompany: Record<string, string> = { Dashboard: 'dashboard', CostReport: 'costs' };

/** Those of fields of other types: filters and pages of lists. */
function nestedPositions(match: Match): Position[] {
  const schema = testSchema();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__') || roots.includes(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      placesIn(field.args, match).map(({ path, argument }) => ({
        name: `query ${type.name}.${field.name} ${path.join('.')}`, operation: 'query' as const, field: field.name, argument, isSubject: false,
        ask: (rows: Furnished, value: unknown) => {
          const through = partOfCompany[type.name];
          const id = ownRow(through ? 'Company' : type.name, rows);
          if (!id) throw new Error(`${type.name}.${field.name} takes a value, and nothing here tells how to reach a ${type.name}`);
          const [head] = path as [string];
          const declared = field.args.find((arg) => arg.name === head);
          const asked = `result: ${field.name}(${head}: $value) ${selectionOf(getNamedType(field.type), 1)}`;
          return {
            source: `query ($id: ID!, $value: ${String(declared?.type)}) { node(id: $id) { ${through ? `... on Company { ${through} { ${asked} } }` : `... on ${type.name} { ${asked} }`} } }`,
            variables: { id, value: withValue({}, path, valueAt(argument, value))[head] },
          };
        },
      })),
    );
  });
}

/** Every place of the schema that matches. */
export function positions(match: Match): Position[] {
  return [...rootPositions('query', match), ...rootPositions('mutation', match), ...rootPositions('subscription', match), ...nestedPositions(match)];
}

/** Every place where a caller may name something by its id. */
export function idPositions(): Position[] {
  return positions(namesARow);
}

/** Object types that say that they can be found by their id. */
export function nodeTypes(): string[] {
  const node = testSchema().getType('Node');
  return isInterfaceType(node) ? testSchema().getPossibleTypes(node).map((type) => type.name) : [];
}
