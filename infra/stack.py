"""Sayso as a wiring diagram: what there is, what feeds what, and who may do what."""

from aws_cdk import Aws, CfnOutput, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.config import FunctionName, Settings
from infra.constructs.campaign_scheduler import CampaignScheduler
from infra.constructs.carrier import Carrier, ManagedCarrier
from infra.constructs.console_users import ConsoleUsers
from infra.constructs.daily import Daily
from infra.constructs.database import CHECK, DELETE, READ, WRITE, Database
from infra.constructs.front_door import FrontDoor
from infra.constructs.function import HandlerFunction
from infra.constructs.import_files import ImportFiles
from infra.constructs.table_changes import TableChanges
from infra.constructs.topics import DeliveryTopic, InboundTopic
from infra.constructs.watch import Watch
from infra.constructs.work_queue import WorkQueue


class SaysoStack(Stack):
    """Everything that a shop's Sayso consists of."""

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, code: lambda_.Code
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=settings.stack_name,
            description="Sayso: messages only on your customer's say-so",
            termination_protection=settings.retain_data,
        )
        self._settings = settings
        self._code = code
        self._functions: list[HandlerFunction] = []
        self._place_stores()
        self._place_queues()
        self._place_carrier()
        self._converse()
        self._administer()
        self._campaign()
        self._trigger()
        self._account()
        self._import()
        self._keep_up()
        self._answer_http()
        if settings.alarms:
            self._watch()
        self._tell()

    def _place_stores(self) -> None:
        retain = self._settings.retain_data
        self._database = Database(self, "Database", retain=retain)
        self._users = ConsoleUsers(self, "Users", retain=retain)
        self._import_files = ImportFiles(self, "ImportFiles", settings=self._settings)

    def _place_queues(self) -> None:
        functions = self._settings.functions
        self._runs = self._queue("Runs", functions.launch.timeout_s)
        self._slices = self._queue("Slices", functions.plan.timeout_s)
        self._batches = self._queue("Batches", functions.send.timeout_s)
        self._receipts = self._queue("Receipts", functions.receipts.timeout_s)
        self._imports = self._queue("Imports", functions.importer.timeout_s)
        self._rounds = self._queue("Upkeep", functions.upkeep.timeout_s)
        self._notices = self._queue("Notices", functions.notify.timeout_s)
        self._scheduler = CampaignScheduler(self, "Scheduler", target=self._runs)

    def _place_carrier(self) -> None:
        self._inbound_topic = InboundTopic(self, "InboundTexts")
        self._deliveries = DeliveryTopic(self, "Deliveries")
        self._deliveries.feed(self._receipts)
        managed = None
        if self._settings.manage_carrier:
            managed = ManagedCarrier(
                self,
                "ManagedCarrier",
                settings=self._settings,
                inbound=self._inbound_topic,
                deliveries=self._deliveries,
            )
        self._carrier = Carrier(self, "Carrier", settings=self._settings, managed=managed)

    def _converse(self) -> None:
        """Answer what customers text, through either door."""
        topic_arn = self._inbound_topic.topic.topic_arn
        inbound = self._function(
            "inbound",
            "Answers a customer's text from the carrier's topic",
            **self._database.environment,
            **self._carrier.environment,
            PUBLIC_URL=self._settings.public_url,
        )
        webhook = self._function(
            "webhook",
            "Answers a customer's text from a signed web hook",
            **self._database.environment,
            **self._carrier.environment,
            INBOUND_TOPIC_ARN=topic_arn,
            TWILIO_SECRET_ID=self._settings.twilio_secret,
            PUBLIC_URL=self._settings.public_url,
        )
        self._inbound_topic.feed(inbound)
        for function in (inbound, webhook):
            self._database.allow(function.role, *READ, *WRITE)
            self._carrier.allow_send(function.role)
            self._carrier.allow_opt_out(function.role)
        _allow_secret(webhook.role, self._settings.twilio_secret)
        self._inbound, self._webhook = inbound, webhook

    def _administer(self) -> None:
        """Let the shop's people set up the program, and schedule campaigns."""
        admin = self._function(
            "admin",
            "The admin API",
            **self._database.environment,
            **self._carrier.environment,
            RUNS_QUEUE_URL=self._runs.queue.queue_url,
            **self._scheduler.environment(self._runs),
            UPKEEP_QUEUE_URL=self._rounds.queue.queue_url,
            **self._of_webhooks,
            PUBLIC_NUMBER=self._settings.advertised_number,
            IMPORTS_QUEUE_URL=self._imports.queue.queue_url,
            **self._import_files.environment,
        )
        self._database.allow(admin.role, *READ, *WRITE, *DELETE)
        self._database.allow_audience(admin.role)
        self._database.allow_audit(admin.role)
        self._carrier.allow_list(admin.role)
        self._carrier.allow_send(admin.role)
        self._runs.allow_send(admin.role)
        self._rounds.allow_send(admin.role)
        self._notices.allow_send(admin.role)
        self._scheduler.allow_manage(admin)
        self._imports.allow_send(admin.role)
        self._import_files.allow_hand_out(admin)
        self._admin = admin

    def _campaign(self) -> None:
        """Turn a run into slices, slices into batches, batches into texts, and hear of them."""
        flows = self._settings.flows
        self._runs.feed(self._launch(), flows.runs)
        self._slices.feed(self._plan(), flows.slices)
        self._sender = self._send()
        self._batches.feed(self._sender, flows.batches)
        self._receipts.feed(self._hear(), flows.receipts)

    def _trigger(self) -> None:
        """Enrol whoever joins, visits or redeems in the campaigns that wait for it."""
        triggers = self._function(
            "triggers",
            "Enrols people in triggered campaigns",
            **self._database.environment,
            **self._scheduler.environment(self._runs),
            RUNS_QUEUE_URL=self._runs.queue.queue_url,
        )
        self._database.allow(triggers.role, *READ, *WRITE)
        self._runs.allow_send(triggers.role)
        self._scheduler.allow_create(triggers)
        self._changes = TableChanges(self, "Changes", table=self._database.table)
        self._changes.feed_triggers(triggers)

    def _account(self) -> None:
        """Keep and count what people do, and tell the endpoints of web hooks."""
        activity = self._function(
            "activity",
            "Keeps what people do, and counts it by day",
            **self._database.environment,
            NOTICES_QUEUE_URL=self._notices.queue.queue_url,
        )
        notify = self._function(
            "notify",
            "Tells the endpoints of web hooks what happened",
            **self._database.environment,
            **self._of_webhooks,
        )
        self._database.allow(activity.role, *READ, *WRITE)
        self._database.allow_tell(notify.role)
        for function in (activity, notify):
            self._notices.allow_send(function.role)
        self._changes.feed_activity(activity)
        self._notices.feed(notify, self._settings.flows.notices)

    @property
    def _of_webhooks(self) -> dict[str, str]:
        return {
            "NOTICES_QUEUE_URL": self._notices.queue.queue_url,
            "WEBHOOKS_REACH": self._settings.webhooks_reach,
        }

    def _keep_up(self) -> None:
        """Compare our opt-outs with the carrier's every day, and end what has run out of time."""
        Daily(self, "Daily", hour_utc=self._settings.upkeep_hour, target=self._rounds)
        upkeep = self._function(
            "upkeep",
            "Keeps in step with the carrier's opt-out list, once a day",
            **self._database.environment,
            **self._carrier.environment,
            **self._scheduler.environment(self._runs),
            RUNS_QUEUE_URL=self._runs.queue.queue_url,
            UPKEEP_QUEUE_URL=self._rounds.queue.queue_url,
        )
        self._scheduler.allow_create(upkeep)
        self._runs.allow_send(upkeep.role)
        self._database.allow(upkeep.role, *READ, *WRITE)
        self._database.allow_roll(upkeep.role)
        self._carrier.allow_opt_out(upkeep.role)
        self._carrier.allow_read_opt_outs(upkeep.role)
        self._rounds.allow_send(upkeep.role)
        self._rounds.feed(upkeep, self._settings.flows.upkeep)

    def _launch(self) -> HandlerFunction:
        launch = self._function(
            "launch",
            "Splits a campaign run into slices of its audience, and sets the next alarm",
            **self._database.environment,
            **self._scheduler.environment(self._runs),
            RUNS_QUEUE_URL=self._runs.queue.queue_url,
            SLICES_QUEUE_URL=self._slices.queue.queue_url,
            BATCHES_QUEUE_URL=self._batches.queue.queue_url,
        )
        self._database.allow(launch.role, *READ, *WRITE)
        self._database.allow_clear_runs(launch.role)
        self._scheduler.allow_create(launch)
        for queue in (self._runs, self._slices, self._batches):
            queue.allow_send(launch.role)
        return launch

    def _plan(self) -> HandlerFunction:
        plan = self._function(
            "plan",
            "Reads a slice of the audience into batches",
            **self._database.environment,
            SLICES_QUEUE_URL=self._slices.queue.queue_url,
            BATCHES_QUEUE_URL=self._batches.queue.queue_url,
        )
        self._database.allow(plan.role, *READ, *WRITE)
        self._database.allow_audience(plan.role)
        self._slices.allow_send(plan.role)
        self._batches.allow_send(plan.role)
        return plan

    def _send(self) -> HandlerFunction:
        send = self._function(
            "send",
            "Claims, then sends, each text of a batch",
            **self._database.environment,
            **self._carrier.environment,
            PARTS_PER_SECOND=str(self._settings.parts_per_second),
            REPLY_HEADROOM_PERCENT=str(self._settings.reply_headroom_percent),
            **self._scheduler.environment(self._runs),
            BATCHES_QUEUE_URL=self._batches.queue.queue_url,
        )
        self._database.allow(send.role, *READ, *WRITE, *CHECK)
        self._scheduler.allow_create(send)
        self._batches.allow_send(send.role)
        self._carrier.allow_send(send.role)
        return send

    def _hear(self) -> HandlerFunction:
        receipts = self._function(
            "receipts",
            "Records what became of the texts that were sent",
            **self._database.environment,
            **self._carrier.environment,
        )
        self._database.allow(receipts.role, *READ, *WRITE)
        self._carrier.allow_list(receipts.role)
        return receipts

    def _import(self) -> None:
        """Read the files of people who agreed elsewhere."""
        importer = self._function(
            "importer",
            "Enters the people of an uploaded file, each with their proof of consent",
            **self._database.environment,
            **self._import_files.environment,
            IMPORTS_QUEUE_URL=self._imports.queue.queue_url,
        )
        self._database.allow(importer.role, *READ, *WRITE)
        self._imports.allow_send(importer.role)
        self._import_files.allow_read(importer)
        self._imports.feed(importer, self._settings.flows.imports)

    def _answer_http(self) -> None:
        """Put each function that answers HTTP behind its paths."""
        public = self._open_links()
        self._join = self._open_page()
        console = self._function(
            "console",
            "The console's page, and signing in to it",
            **self._users.environment,
            UPLOADS_ORIGIN=self._import_files.origin,
        )
        self._users.allow_sign_in(console.role)
        self._door = FrontDoor(self, "FrontDoor", settings=self._settings)
        address = self._settings.public_url or self._door.api.api_endpoint
        self._import_files.admit_page(address)
        for function in (self._admin, self._sender, public):
            function.function.add_environment("PUBLIC_URL", address)
        self._door.admit_carriers(self._webhook)
        self._door.admit_users(self._admin, self._users)
        self._door.admit_to_sign_in(console)
        self._door.admit_anyone(public)
        self._door.admit_staff(public)
        self._door.admit_joiners(self._join)

    def _open_links(self) -> HandlerFunction:
        public = self._function(
            "public",
            "The customers' links, the staff's redeem page, and the health check",
            **self._database.environment,
            JOIN_REGIONS=" ".join(self._settings.join_regions),
        )
        self._database.allow(public.role, *READ, *WRITE)
        return public

    def _open_page(self) -> HandlerFunction:
        join = self._function(
            "join",
            "The public opt-in page",
            **self._database.environment,
            **self._carrier.environment,
            PUBLIC_NUMBER=self._settings.advertised_number,
            JOIN_PER_HOUR=str(self._settings.join_per_hour),
            JOIN_REGIONS=" ".join(self._settings.join_regions),
        )
        self._database.allow(join.role, *READ, *WRITE)
        self._carrier.allow_send(join.role)
        return join

    def _watch(self) -> None:
        """Call a person where a machine can't help itself."""
        watch = Watch(self, "Watch", email=self._settings.alarm_email)
        watch.over_dead_letters(
            {
                "InboundTexts": self._inbound_topic.dead_letters,
                "Schedules": self._scheduler.dead_letters,
                "Runs": self._runs.dead_letters,
                "Slices": self._slices.dead_letters,
                "Batches": self._batches.dead_letters,
                "Receipts": self._receipts.dead_letters,
                "Imports": self._imports.dead_letters,
                "Upkeep": self._rounds.dead_letters,
                "Changes": self._changes.dead_letters,
                "Notices": self._notices.dead_letters,
            }
        )
        watch.over_errors(self._inbound, self._webhook)
        watch.over_api(self._door)
        watch.over_limits(self._join)

    def _tell(self) -> None:
        """Say where everything is, for the command line and for people."""
        outputs = {
            "ApiUrl": self._door.api.api_endpoint,
            "ApiId": self._door.api.api_id,
            "ConsoleUrl": f"{self._door.api.api_endpoint}/console",
            "TableName": self._database.table.table_name,
            "InboundTopicArn": self._inbound_topic.topic.topic_arn,
            "EventTopicArn": self._deliveries.topic.topic_arn,
            "UserPoolId": self._users.pool.user_pool_id,
            "UserPoolClientId": self._users.client.user_pool_client_id,
            "ScheduleGroup": self._scheduler.group_name,
            "RunsQueueUrl": self._runs.queue.queue_url,
            "SlicesQueueUrl": self._slices.queue.queue_url,
            "BatchesQueueUrl": self._batches.queue.queue_url,
            "ReceiptsQueueUrl": self._receipts.queue.queue_url,
            "ImportsQueueUrl": self._imports.queue.queue_url,
            "ImportsBucketName": self._import_files.bucket.bucket_name,
            "UpkeepQueueUrl": self._rounds.queue.queue_url,
            "NoticesQueueUrl": self._notices.queue.queue_url,
        }
        for function in self._functions:
            outputs[f"{function.name.capitalize()}FunctionName"] = function.function.function_name
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)

    def _queue(self, construct_id: str, consumer_timeout_s: int) -> WorkQueue:
        return WorkQueue(
            self,
            construct_id,
            consumer_timeout_s=consumer_timeout_s,
            max_receive_count=self._settings.max_receive_count,
        )

    def _function(
        self,
        name: FunctionName,
        purpose: str,
        **environment: str,
    ) -> HandlerFunction:
        function = HandlerFunction(
            self,
            name,
            purpose=purpose,
            code=self._code,
            settings=self._settings,
            environment=environment,
        )
        self._functions.append(function)
        return function


def _allow_secret(role: iam.IRole, name: str) -> None:
    """Let the role read the secret of this name; Secrets Manager adds six characters to its ARN."""
    if name:
        arn = f"arn:{Aws.PARTITION}:secretsmanager:{Aws.REGION}:{Aws.ACCOUNT_ID}:secret:{name}"
        role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=["secretsmanager:GetSecretValue"], resources=[f"{arn}-??????"]
            )
        )
