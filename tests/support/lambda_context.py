"""What Lambda tells a function about the call that it is in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LambdaContext:
    """As much of Lambda's context object as the functions and their logger look at."""

    function_name: str = "sayso-test"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:sayso-test"
    aws_request_id: str = "52fdfc07-2182-454f-963f-5f0f9a621d72"
    remaining_ms: int = 10_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms
