"""任务。用法：python3 tasks.py <任务>，例如 python3 tasks.py serve。"""

import sys

if __name__ == "__main__":
    from policysite.environment import hand_over

    hand_over(sys.argv[1:])

    from policysite.tools.arguments import build_at_once, check_at_once, leave

    if build_at_once(sys.argv[1:]) or check_at_once(sys.argv[1:]):
        leave()

# Invoke offers what stands here under its name.
from policysite.tasks.content import (
    check,
    explain,
    fix,
    hook,
    import_file,
    import_site,
    new,
    pdf,
    review,
    review_log,
)
from policysite.tasks.development import (
    audit_pages,
    bench,
    bench_deploy,
    bench_search,
    bench_views,
    docs,
    docs_pictures,
    lint,
    lock,
    test,
    test_deploy,
)
from policysite.tasks.publishing import deploy, deploy_headers, deploy_log, doctor, rollback
from policysite.tasks.site import annual_report, audit, build, clean, due, serve, views

if __name__ == "__main__":
    from policysite.tools.arguments import run_tasks

    run_tasks(sys.argv)
