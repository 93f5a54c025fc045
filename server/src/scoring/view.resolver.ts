import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { SavedView } from './view.entity.ts'

@ObjectType({ simpleResolvers: true, description: '可用的视图 / A view at hand' })
class ViewAtHand {
  @Field(() => SavedView, { description: '视图 / The view' })
  view!: SavedView

  @Field(() => Boolean, { description: '是否本人所存 / Whether it is the caller’s own' })
  mine!: boolean
}

const mostViews = 50
const longestName = 40
const largest = 20_000

const PageArg = () => Arg('page', () => String, { description: '哪一页，1 至 20 个小写字母 / Which page, 1 to 20 small letters' })

@Resolver()
export class ViewResolver {
  @Query(() => [ViewAtHand], {
    description: '本人的视图和他人共享的，按名称 / The caller’s own views and those others share, by name',
  })
  async savedViews(@PageArg() page: string, @Ctx() context: Context): Promise<ViewAtHand[]> {
    const { county, id } = actorOf(context)
    const views = await context.em.find(
      SavedView,
      { countyId: county, page, $or: [{ accountId: id }, { shared: true }] },
      { orderBy: { name: 'asc', at: 'asc' }, limit: 200 },
    )
    return views.map((view) => ({ view, mine: view.accountId === id }))
  }

  @Mutation(() => ViewAtHand, {
    description: '保存视图；本人已有同名的则取代之 / Saves a view, in the place of one’s own of the same name',
  })
  async saveView(
    @PageArg() page: string,
    @Arg('name', () => String, { description: `名称，1 至 ${longestName} 字 / Name, 1 to ${longestName} characters` })
    name: string,
    @Arg('shared', () => Boolean, { description: '是否供本县他人使用 / Whether others of the county may use it' })
    shared: boolean,
    @Arg('content', () => String, { description: 'JSON，不超过 20,000 字符 / JSON of 20,000 characters at most' })
    content: string,
    @Ctx() context: Context,
  ): Promise<ViewAtHand> {
    const { county, id, name: by } = actorOf(context)
    const called = name.trim()
    if (called === '' || [...called].length > longestName) throw refusal(context, 'view.name', { most: String(longestName) })
    if (!/^[a-z]{1,20}$/.test(page) || content.length > largest || !isJson(content)) throw refusal(context, 'view.content')
    const own = await context.em.find(SavedView, { countyId: county, accountId: id, page })
    const known = own.find((view) => view.name === called)
    if (!known && own.length >= mostViews) throw refusal(context, 'view.tooMany', { most: String(mostViews) })
    const said = { by, shared, content, at: context.now }
    const view = known
      ? context.em.assign(known, said)
      : context.em.create(SavedView, {
          countyId: county,
          id: newId(context.now.getTime()),
          accountId: id,
          page,
          name: called,
          ...said,
        })
    await context.em.flush()
    return { view, mine: true }
  }

  @Mutation(() => Boolean, { description: '删除本人的一个视图 / Removes one of the caller’s own views' })
  async removeView(
    @Arg('id', () => ID, { description: '视图，见 savedViews / The view, see `savedViews`' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const { county, id: accountId } = actorOf(context)
    const gone = isUuid(id) ? await context.em.nativeDelete(SavedView, { countyId: county, id, accountId }) : 0
    if (gone === 0) throw refusal(context, 'view.unknown')
    return true
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
