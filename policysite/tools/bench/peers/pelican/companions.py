"""What Pelican leaves to plugins: neighbours, articles with the same tags, columns of columns."""

from collections import Counter

from pelican import signals
from pelican.urlwrappers import Category

RELATED = 6


def register():
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(add_companions)


def add_companions(generator):
    """Give each article its neighbours and related ones, and each upper column its articles."""
    upper = {}
    for category, articles in generator.categories:
        for article in articles:
            article.newer = article.older = None
        for newer, older in zip(articles, articles[1:], strict=False):
            newer.older, older.newer = older, newer
        upper.setdefault(category.name.split("/")[0], []).extend(articles)
    for article in generator.articles:
        article.related = _related(generator, article)
    for name, articles in sorted(upper.items()):
        articles.sort(key=lambda article: article.date, reverse=True)
        generator.categories.append((Category(name, generator.settings), articles))


def _related(generator, article):
    common = Counter()
    for tag in getattr(article, "tags", ()):
        common.update(generator.tags[tag])
    del common[article]
    return [other for other, _ in common.most_common(RELATED)]
