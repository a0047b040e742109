import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { graphql } from '../generated/gql.ts';
import { facts, plain } from '../print.ts';

const WhoamiQuery = graphql(`
  query Whoami {
    viewer {
      kind
      mode
      version
      user { id name }
      agent { id name role title capabilities manager { id name } }
      company { id name prefix }
      run { id number reason issue { id identifier title status } }
    }
  }
`);

export const command = defineCommand({
  usage: 'whoami',
  about: 'Who the key belongs to, and which run and issue it was given for.',
  args: 0,
  flags: {},
  async run({ settings, show }) {
    const { viewer } = await ask(settings, WhoamiQuery, {});
    const { agent, company, run, user } = viewer;
    const issue = run?.issue;
    show(viewer, () =>
      facts([
        ['agent', agent && `${plain(agent.name)}, ${plain(agent.title ?? agent.role)}  ${agent.id}`],
        ['reports to', agent?.manager && plain(agent.manager.name)],
        ['user', user && `${plain(user.name)}  ${user.id}`],
        ['company', company && `${plain(company.name)} (${company.prefix})  ${company.id}`],
        ['run', run && `#${run.number}${run.reason ? `, woken by ${run.reason}` : ''}  ${run.id}`],
        ['issue', issue && `${issue.identifier} ${issue.status} ${plain(issue.title)}`],
        ['boardroom', `${viewer.version} at ${settings.apiUrl}, ${viewer.mode}`],
      ]),
    );
  },
});
