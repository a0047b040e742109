/**
 * What can be done to the folder of a workspace, wherever that is. Everything is named by values that are stored with the
 * workspace, so that another worker can go on where the last one stopped; each may be done again and then changes nothing.
 * Nothing here pushes to, or fetches from, a git remote.
 */
export interface WorkspaceHost extends WorkspaceReader {
  /** Makes the folder, or finds it as it should be. */
  prepare(place: WorkspacePlace): Promise<PreparedFolder | WorkspaceFault>;
  /** Runs the project's command in the folder, in a process group of its own, until it ends, the time is over, or `signal` aborts it. */
  provision(order: ProvisionOrder, signal: AbortSignal): Promise<Provisioned>;
  /** After a run: is everything where the next run, or who accepts, will look for it? */
  finalize(place: WorkspacePlace): Promise<FinalizedFolder | WorkspaceFault>;
}

/** What people and agents may look at. Bounded: what is left out is said. */
export interface WorkspaceReader {
  /** Commits of the folder's HEAD that are not in `since`, newest first. */
  commits(folder: WorkspaceFolder, page: { skip: number; limit: number }): Promise<CommitPage | WorkspaceFault>;
  /** Files that differ from `since`, committed or not. */
  changes(folder: WorkspaceFolder): Promise<ChangeList | WorkspaceFault>;
  /** How one file differs from `since`, as a unified diff. */
  patch(folder: WorkspaceFolder, file: string): Promise<FileText | WorkspaceFault>;
  /** What lies in a folder below the workspace's. */
  list(folder: WorkspaceFolder, below: string): Promise<EntryList | WorkspaceFault>;
  read(folder: WorkspaceFolder, file: string): Promise<FileText | WorkspaceFault>;
}

export type WorkspacePlace = SharedFolder | Worktree;

export interface SharedFolder {
  readonly mode: 'SHARED_FOLDER';
  readonly path: string;
}

export interface Worktree {
  readonly mode: 'GIT_WORKTREE';
  /** Where the worktree is, or is to be. */
  readonly path: string;
  readonly repoPath: string;
  /** What the branch starts from: HEAD of the repository when null. */
  readonly baseRef: string | null;
  readonly branch: string;
  /** The commit that the branch started from; null until the worktree was made for the first time. */
  readonly baseCommit: string | null;
}

export interface PreparedFolder {
  readonly kind: 'prepared';
  /** The folder's real path. */
  readonly path: string;
  /** It was made just now: what a former provision did is not in it. */
  readonly isNew: boolean;
  readonly branch: string | null;
  readonly baseCommit: string | null;
  readonly headCommit: string | null;
  /** For people: what was done and what was found. */
  readonly log: string;
}

export interface FinalizedFolder {
  readonly kind: 'finalized';
  /** Null for a folder without git, or without commits. */
  readonly headCommit: string | null;
  readonly log: string;
}

export interface ProvisionOrder {
  readonly path: string;
  /** Text for the shell. */
  readonly command: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface Provisioned {
  readonly kind: 'succeeded' | 'failed' | 'timedOut' | 'aborted';
  readonly exitCode: number | null;
  readonly message: string | null;
  /** The end of what was printed. */
  readonly log: string;
}

/** Something is not as it has to be. Nothing was changed, unless `log` says so. */
export interface WorkspaceFault {
  readonly kind: 'fault';
  readonly code: WorkspaceFaultCode;
  readonly message: string;
  /** What a person can do about it. */
  readonly remedy: string;
  readonly log: string;
}

export type WorkspaceFaultCode =
  | 'WORKSPACE_FOLDER_MISSING' | 'WORKSPACE_NOT_A_FOLDER' | 'WORKSPACE_NOT_WRITABLE' | 'WORKSPACE_PATH_TAKEN' | 'WORKSPACE_PATH_REFUSED'
  | 'GIT_MISSING' | 'GIT_FAILED' | 'REPOSITORY_MISSING' | 'REPOSITORY_WITHOUT_COMMITS' | 'REPOSITORY_NOT_TRUSTED'
  | 'BASE_MISSING' | 'BRANCH_NAME_REFUSED' | 'BRANCH_TAKEN' | 'WORKTREE_OFF_BRANCH' | 'WORKTREE_UNREGISTERED';

/** A folder that is there, and the commit that its work began from. */
export interface WorkspaceFolder {
  readonly path: string;
  readonly since: string | null;
}

export interface Commit {
  readonly sha: string;
  readonly subject: string;
  readonly body: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly committedAt: Date;
}

export interface CommitPage { readonly kind: 'commits'; readonly commits: readonly Commit[]; readonly hasMore: boolean }

export type ChangeKind = 'ADDED' | 'MODIFIED' | 'DELETED' | 'RENAMED' | 'UNTRACKED';

export interface Change {
  readonly path: string;
  /** Where it was before it was renamed. */
  readonly oldPath: string | null;
  readonly kind: ChangeKind;
  /** Lines; null for a file that is not text, or not tracked. */
  readonly additions: number | null;
  readonly deletions: number | null;
}

export interface ChangeList { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly isTruncated: boolean }

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'FILE' | 'FOLDER' | 'LINK' | 'OTHER';
  readonly byteSize: number;
}

export interface EntryList { readonly kind: 'entries'; readonly entries: readonly Entry[]; readonly isTruncated: boolean }

export interface FileText {
  readonly kind: 'text';
  /** Empty where it is not text. */
  readonly text: string;
  readonly byteSize: number;
  readonly isBinary: boolean;
  readonly isTruncated: boolean;
}
